"""Addresses of lists, rows and duties."""

from django.urls import path

from workflow.web import duties, items, leader, lists

app_name = "workflow"
urlpatterns = [
    path("lists/", lists.list_index, name="list-index"),
    path("lists/<int:pk>/", lists.list_detail, name="list-detail"),
    path("lists/<int:pk>/issue/", lists.list_issue, name="list-issue"),
    path("lists/<int:pk>/progress/", lists.list_progress, name="list-progress"),
    path("items/<int:pk>/", items.item_detail, name="item-detail"),
    path("items/<int:pk>/diagram/", items.item_diagram, name="item-diagram"),
    path("flow.bpmn", items.bpmn, name="bpmn"),
    path("duties/claim/", duties.claim_many, name="duty-claim-many"),
    path("duties/<int:pk>/<slug:verb>/", duties.duty_verb, name="duty-verb"),
    path("files/<int:pk>/", items.file_download, name="file-download"),
    path("leader/", leader.leader, name="leader"),
]
