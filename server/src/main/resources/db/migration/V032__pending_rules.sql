-- Which rules hold what is pending, so that a policy can say what it holds now.
CREATE INDEX request_pending_rules ON request USING gin (jsonb_path_query_array(requirements, '$[*].source.ruleId'))
 WHERE state = 'pending';
