"""Why a file cannot be read, in a sentence for whoever sent it."""


class ReadingError(Exception):
    """The file cannot be read; ``sentence`` says what is wrong and what to do."""

    def __init__(self, sentence: str, *, place: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.place = place
