-- What the workspace knows of itself: its own keys, counters, and what it remembers of header and index.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The log. `position` is the order in which this copy learned of the operations; each stream has its own gapless sequence.
CREATE TABLE stream (
    id          BLOB PRIMARY KEY,
    device      BLOB NOT NULL,
    compartment TEXT NOT NULL,
    public_key  BLOB NOT NULL,
    length      INTEGER NOT NULL DEFAULT 0,
    head        BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX stream_of_device ON stream (device, compartment);

CREATE TABLE operation (
    position    INTEGER PRIMARY KEY,
    stream      BLOB NOT NULL REFERENCES stream (id),
    sequence    INTEGER NOT NULL,
    transaction_id BLOB NOT NULL,
    header      BLOB NOT NULL,
    payload     BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX operation_in_stream ON operation (stream, sequence);

-- Destroying a payload is deleting its key here.
CREATE TABLE payload_key (
    id  BLOB PRIMARY KEY,
    key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The label sets that operation headers name by a random id.
CREATE TABLE label_set (
    id     BLOB PRIMARY KEY,
    labels TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Projections of the log.
CREATE TABLE document (
    id           BLOB PRIMARY KEY,
    parent       BLOB,
    blob         BLOB NOT NULL,
    sha256       TEXT NOT NULL,
    size         INTEGER NOT NULL,
    path         TEXT NOT NULL,
    given_title  TEXT,
    organisation TEXT NOT NULL,
    source       TEXT NOT NULL,
    purpose      TEXT NOT NULL,
    marking      TEXT,
    handling     TEXT,
    imported_at  INTEGER NOT NULL,
    removed      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX document_by_bytes ON document (sha256, organisation, path);
CREATE INDEX document_by_parent ON document (parent);
CREATE INDEX document_by_time ON document (removed, imported_at, id);

CREATE TABLE saved_search (
    id    BLOB PRIMARY KEY,
    name  TEXT NOT NULL,
    query TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row an act: a line of the log view. `target` is the act that an undo or redo is about.
CREATE TABLE act (
    id          BLOB PRIMARY KEY,
    position    INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    count       INTEGER NOT NULL,
    subject     TEXT,
    at          INTEGER NOT NULL,
    person      TEXT NOT NULL,
    stream      BLOB NOT NULL,
    sequence    INTEGER NOT NULL,
    target      BLOB
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX act_by_position ON act (position);

-- What takes an act back: operations as JSON, to be applied from the highest position down.
CREATE TABLE inverse (
    act       BLOB NOT NULL,
    position  INTEGER NOT NULL,
    operation TEXT NOT NULL,
    PRIMARY KEY (act, position)
) STRICT, WITHOUT ROWID;

-- Projections of the blobs: what the reader made of them.
CREATE TABLE reading (
    document        BLOB PRIMARY KEY,
    kind            TEXT NOT NULL,
    title           TEXT,
    author          TEXT,
    date            TEXT,
    pages           INTEGER NOT NULL,
    failure_reason  TEXT,
    failure_message TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
    document BLOB NOT NULL,
    number   INTEGER NOT NULL,
    label    TEXT,
    text     TEXT NOT NULL,
    PRIMARY KEY (document, number)
) STRICT;

-- Documents whose state the search index does not show yet. A new change raises the mark, so that a document that changes while it is
-- being indexed stays here.
CREATE TABLE unindexed (
    document BLOB PRIMARY KEY,
    mark     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX unindexed_by_mark ON unindexed (mark);
