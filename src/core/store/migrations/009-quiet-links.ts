/** Channels in which links that people paste are left as they are. */
export const quietLinks = `
  CREATE TABLE quiet_links (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, channel)
  ) STRICT, WITHOUT ROWID;
  `;
