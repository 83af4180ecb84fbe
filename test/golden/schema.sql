CREATE TABLE arrivals (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    content TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    received_at TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, id)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX arrivals_by_received_at ON arrivals (received_at);

CREATE INDEX arrivals_open ON arrivals (platform, received_at) WHERE content IS NOT NULL;

CREATE TABLE bookmarks (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id),
    saved_at TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, reader, paper_id)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE circuits (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    failures INTEGER NOT NULL,
    probe_at TEXT NOT NULL, told_at TEXT, threads_only INTEGER NOT NULL DEFAULT 0, tell_at TEXT,
    PRIMARY KEY (platform, tenant, channel)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE "deliveries" (
    digest_id INTEGER NOT NULL REFERENCES "digests" (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    message TEXT NOT NULL,
    papers TEXT NOT NULL,
    in_thread INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned'
      CHECK (state IN ('planned', 'sending', 'unknown', 'sent', 'held', 'blocked', 'skipped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at TEXT,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until TEXT,
    retry_at TEXT,
    message_ref TEXT,
    message_channel TEXT,
    reason TEXT,
    sent_at TEXT,
    refresh_at TEXT, released_at TEXT,
    PRIMARY KEY (digest_id, position)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_blocked ON deliveries (digest_id) WHERE state = 'blocked';

CREATE INDEX deliveries_held ON deliveries (digest_id) WHERE state = 'held';

CREATE INDEX deliveries_open ON deliveries (digest_id, position)
    WHERE state IN ('planned', 'sending', 'unknown');

CREATE INDEX deliveries_to_refresh ON deliveries (refresh_at) WHERE refresh_at IS NOT NULL;

CREATE INDEX deliveries_with_message ON deliveries (digest_id) WHERE message <> '';

CREATE TABLE departures (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    left_at TEXT NOT NULL, reason TEXT, told_at TEXT, tell_at TEXT, expired_at TEXT,
    PRIMARY KEY (platform, tenant, channel)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE "digests" (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    local_date TEXT NOT NULL,
    occasion TEXT NOT NULL DEFAULT 'slot' CHECK (occasion IN ('slot', 'asked')),
    list_date TEXT,
    planned_at TEXT NOT NULL, first_list TEXT, told_at TEXT, tell_at TEXT, due_at TEXT,
    UNIQUE (platform, tenant, channel, local_date, occasion)
  ) STRICT;

CREATE INDEX digests_by_list ON digests (platform, tenant, channel, list_date);

CREATE INDEX digests_by_planned_at ON digests (planned_at);

CREATE INDEX digests_to_tell ON digests (tell_at) WHERE tell_at IS NOT NULL;

CREATE TABLE endpoint_due (paper_key INTEGER PRIMARY KEY) STRICT;

CREATE TABLE endpoint_model (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    maker TEXT NOT NULL,
    size INTEGER,
    problem TEXT
  ) STRICT;

CREATE TABLE endpoint_vectors (
    paper_key INTEGER PRIMARY KEY,
    vector BLOB NOT NULL
  ) STRICT;

CREATE TABLE erasures (
    reader TEXT NOT NULL PRIMARY KEY,
    erased_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

CREATE TABLE installations (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    content TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (platform, tenant)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE library_readers (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    library TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, reader)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX library_readers_by_library ON library_readers (library);

CREATE TABLE link_codes (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    ended TEXT CHECK (ended IN ('used', 'replaced')),
    PRIMARY KEY (platform, tenant, reader, hash)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE listings (
    source TEXT NOT NULL,
    list_date TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id), listed_at TEXT,
    PRIMARY KEY (list_date, source, paper_id)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE lists (
    source TEXT NOT NULL,
    list_date TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    paper_count INTEGER NOT NULL,
    PRIMARY KEY (source, list_date)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE message_papers (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    message TEXT NOT NULL,
    paper_id TEXT NOT NULL, posted_at TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (platform, tenant, channel, message, paper_id)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX message_papers_by_posted_at ON message_papers (platform, posted_at);

CREATE TABLE outbox_mark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    database TEXT NOT NULL,
    claims INTEGER NOT NULL,
    claimed_at TEXT,
    held_until TEXT
  ) STRICT;

CREATE TABLE paper_vectors (
    paper_key INTEGER PRIMARY KEY,
    vector BLOB NOT NULL
  ) STRICT;

CREATE TRIGGER endpoint_due_insert AFTER INSERT ON papers
  WHEN EXISTS (SELECT 1 FROM endpoint_model) BEGIN
    INSERT INTO endpoint_due (paper_key)
      SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM endpoint_due WHERE paper_key = new.key);
  END;

CREATE TRIGGER endpoint_due_update AFTER UPDATE ON papers
  WHEN EXISTS (SELECT 1 FROM endpoint_model)
    AND (old.title IS NOT new.title OR old.abstract IS NOT new.abstract) BEGIN
    INSERT INTO endpoint_due (paper_key)
      SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM endpoint_due WHERE paper_key = new.key);
  END;

CREATE TRIGGER papers_text_delete AFTER DELETE ON papers BEGIN
    INSERT INTO papers_text (papers_text, rowid, title, abstract, authors, organization, keywords)
    VALUES ('delete', old.key, old.title, old.abstract, old.authors, old.organization, old.keywords);
  END;

CREATE TRIGGER papers_text_insert AFTER INSERT ON papers BEGIN
    INSERT INTO papers_text (rowid, title, abstract, authors, organization, keywords)
    VALUES (new.key, new.title, new.abstract, new.authors, new.organization, new.keywords);
  END;

CREATE TRIGGER papers_text_update AFTER UPDATE ON papers
  WHEN old.title IS NOT new.title OR old.abstract IS NOT new.abstract
    OR old.authors IS NOT new.authors OR old.organization IS NOT new.organization
    OR old.keywords IS NOT new.keywords
  BEGIN
    INSERT INTO papers_text (papers_text, rowid, title, abstract, authors, organization, keywords)
    VALUES ('delete', old.key, old.title, old.abstract, old.authors, old.organization, old.keywords);
    INSERT INTO papers_text (rowid, title, abstract, authors, organization, keywords)
    VALUES (new.key, new.title, new.abstract, new.authors, new.organization, new.keywords);
  END;

CREATE TRIGGER vectors_due_insert AFTER INSERT ON papers BEGIN
    INSERT INTO vectors_due (paper_key)
      SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM vectors_due WHERE paper_key = new.key);
  END;

CREATE TRIGGER vectors_due_update AFTER UPDATE ON papers
  WHEN old.title IS NOT new.title OR old.abstract IS NOT new.abstract BEGIN
    INSERT INTO vectors_due (paper_key)
      SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM vectors_due WHERE paper_key = new.key);
  END;

CREATE TABLE papers (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    abstract TEXT NOT NULL,
    authors TEXT NOT NULL,
    published_at TEXT,
    version INTEGER,
    withdrawn INTEGER,
    categories TEXT NOT NULL,
    summary TEXT,
    keywords TEXT NOT NULL,
    organization TEXT,
    thumbnail TEXT,
    code_url TEXT,
    code_stars INTEGER,
    project_url TEXT,
    submitter TEXT,
    upvotes INTEGER,
    upvotes_at TEXT,
    comments INTEGER,
    list_date TEXT,
    source TEXT NOT NULL
  ) STRICT;

CREATE INDEX papers_by_list_date ON papers (list_date);

CREATE VIRTUAL TABLE papers_text USING fts5 (
    title, abstract, authors, organization, keywords,
    content = 'papers', content_rowid = 'key',
    tokenize = "porter unicode61 remove_diacritics 2"
  );

CREATE TABLE platform_memory (
    platform TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (platform, key)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE "posted_papers" (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    paper_id TEXT NOT NULL,
    digest_id INTEGER NOT NULL REFERENCES "digests" (id) ON DELETE CASCADE,
    PRIMARY KEY (platform, tenant, channel, paper_id)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE quiet_links (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, channel)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE reactions (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    message TEXT NOT NULL,
    emoji TEXT NOT NULL,
    reader_tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, channel, message, emoji, reader_tenant, reader)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX reactions_by_reader ON reactions (platform, reader_tenant, reader);

CREATE TABLE source_health (
    source TEXT PRIMARY KEY,
    succeeded_at TEXT,
    failed_at TEXT,
    failure TEXT,
    skipped TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

CREATE TABLE subscriptions (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    at TEXT NOT NULL,
    timezone TEXT NOT NULL,
    days TEXT NOT NULL,
    count INTEGER NOT NULL,
    topics TEXT NOT NULL,
    next_due TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL, layout TEXT NOT NULL DEFAULT 'thread', muted TEXT NOT NULL DEFAULT '[]', mode TEXT NOT NULL DEFAULT 'settled', created_in TEXT NOT NULL DEFAULT '', plan_failures INTEGER NOT NULL DEFAULT 0, plan_failure TEXT, plan_failed_at TEXT, plan_retry_at TEXT, personal INTEGER NOT NULL DEFAULT 0, silent INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (platform, tenant, channel)
  ) STRICT, WITHOUT ROWID;

CREATE INDEX subscriptions_by_next_due ON subscriptions (next_due);

CREATE TABLE vector_model (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    learnt_at TEXT NOT NULL,
    paper_count INTEGER NOT NULL,
    size INTEGER NOT NULL,
    vocabulary TEXT NOT NULL,
    words BLOB NOT NULL,
    scales BLOB NOT NULL
  ) STRICT;

CREATE TABLE vectors_due (paper_key INTEGER PRIMARY KEY) STRICT;

CREATE TABLE vote_readings (
    paper_id TEXT NOT NULL REFERENCES papers (id),
    read_at TEXT NOT NULL,
    upvotes INTEGER NOT NULL,
    PRIMARY KEY (paper_id, read_at)
  ) STRICT, WITHOUT ROWID;

CREATE TABLE wrong_codes (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    count INTEGER NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, reader)
  ) STRICT, WITHOUT ROWID;
