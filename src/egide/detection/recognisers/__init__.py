"""One file per recogniser; adding one is adding a file. See ``egide.detection.recogniser``."""
