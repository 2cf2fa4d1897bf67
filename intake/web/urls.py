"""Addresses of documents on their way in."""

from django.urls import path

from intake.web import answers, documents, rows

app_name = "intake"
urlpatterns = [
    path("", documents.document_index, name="document-index"),
    path("<int:pk>/", documents.document_review, name="document-review"),
    path("<int:pk>/file/", documents.document_file, name="document-file"),
    path("<int:pk>/register/", documents.document_register, name="document-register"),
    path("<int:pk>/discard/", documents.document_discard, name="document-discard"),
    path("<int:pk>/names/", answers.name_answer, name="name-answer"),
    path("<int:pk>/names/new/", answers.units_create, name="units-create"),
    path("<int:pk>/rows/", answers.row_answer, name="row-answer"),
    path("<int:pk>/rows/all/", answers.rows_confirm, name="rows-confirm"),
    path("<int:pk>/rows/<int:position>/", rows.row_detail, name="row-detail"),
    path("<int:pk>/undo/", answers.answer_undo, name="answer-undo"),
]
