-- When a token was last used, written down at most once a minute: what nobody uses any more can be revoked.
ALTER TABLE api_token ADD COLUMN last_used_at timestamptz;
