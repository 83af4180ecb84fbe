/** The tenants that have installed the bot by themselves, with what lets a platform act for them. */
export const installations = `
  CREATE TABLE installations (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    content TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (platform, tenant)
  ) STRICT, WITHOUT ROWID;
  `;
