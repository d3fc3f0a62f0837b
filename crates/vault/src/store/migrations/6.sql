-- How organisations have types look on charts: their style sheets. Which one the workspace uses stands in `choice`.
CREATE TABLE style_sheet (
    id           BLOB PRIMARY KEY,
    name         TEXT NOT NULL,
    organisation TEXT NOT NULL,
    types        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Small pictures made of picture documents. As `unindexed`, it is no part of what is known: it is made again when it is asked for.
CREATE TABLE portrait (
    document BLOB PRIMARY KEY,
    picture  BLOB NOT NULL
) STRICT;
