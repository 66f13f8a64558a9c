-- The asks that opened a request, so that it is cheap to say when a policy last held something.
CREATE INDEX recorded_ask_opened ON recorded_ask (org_id, at DESC) WHERE opened;
