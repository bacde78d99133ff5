BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.waiting (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  waiting_id uuid NOT NULL,
  step_id uuid NOT NULL,
  party_id uuid,
  party text NOT NULL DEFAULT '',
  party_key text NOT NULL GENERATED ALWAYS AS (
    CASE WHEN party_id IS NULL THEN '~' || trim(BOTH '-' FROM regexp_replace(portal.fold(party), '[^a-z0-9]+', '-', 'g')) ELSE party_id::text END) STORED,
  ticket text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT '',
  since date NOT NULL,
  started_by uuid NOT NULL,
  started_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  PRIMARY KEY (land_id, org_id, waiting_id),
  FOREIGN KEY (land_id, org_id, step_id) REFERENCES portal.step (land_id, org_id, step_id),
  FOREIGN KEY (land_id, party_id) REFERENCES portal.organisation,
  CONSTRAINT one_party CHECK ((party_id IS NULL) = (party <> '')),
  CONSTRAINT ended_by_somebody CHECK ((ended_at IS NULL) = (ended_by IS NULL)));
COMMENT ON TABLE portal.waiting IS 'A period in which a step lies with others: an organisation of the Land, or a party by its name. A period that ended never changes.';
CREATE UNIQUE INDEX waiting_once ON portal.waiting (land_id, org_id, step_id) WHERE ended_at IS NULL;
CREATE INDEX waiting_by_step ON portal.waiting (land_id, step_id);
CREATE INDEX waiting_by_party ON portal.waiting (land_id, party_key) WHERE ended_at IS NULL;
CALL portal.wall('portal.waiting');
CREATE POLICY readers ON portal.waiting FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land' OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])
  OR (SELECT ctx.scope()) = 'ministry' AND EXISTS (
    SELECT FROM portal.step s WHERE s.land_id = waiting.land_id AND s.org_id = waiting.org_id AND s.step_id = waiting.step_id));
CREATE POLICY workers_add ON portal.waiting FOR INSERT WITH CHECK (
  org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY workers_end ON portal.waiting FOR UPDATE
  USING (ended_at IS NULL AND (org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[])))
  WITH CHECK (org_id = (SELECT ctx.org_id()) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
GRANT SELECT, INSERT, UPDATE (ended_by, ended_at) ON portal.waiting TO portal_app;

ALTER TABLE portal.onboarding ADD COLUMN confirmed_at timestamptz;
COMMENT ON COLUMN portal.onboarding.confirmed_at IS 'When the body last said how this stands; every act on a step says it, too.';

-- workdays counts Mondays to Fridays after a day up to another.
CREATE FUNCTION portal.workdays(after date, until date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT greatest(0, (until - date '2001-01-01') / 7 * 5 + least((until - date '2001-01-01') % 7 + 1, 5)
    - (after - date '2001-01-01') / 7 * 5 - least((after - date '2001-01-01') % 7 + 1, 5)) $$;

-- usual_days says how many working days of their own the bodies of a Land needed for steps: the median, once five of
-- them have finished one. It reads all bodies and tells of none.
CREATE FUNCTION ctx.usual_days(p_keys text[]) RETURNS TABLE (key text, bodies int, days int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.scope', true);
  land uuid := ctx.land_id();
BEGIN
  IF own IS DISTINCT FROM 'body' THEN
    RETURN;
  END IF;
  PERFORM set_config('app.scope', 'land', true);
  RETURN QUERY
    SELECT s.key, count(DISTINCT s.org_id)::int, (percentile_disc(0.5) WITHIN GROUP (ORDER BY greatest(0, portal.workdays(b.began, s.state_since::date) - w.away)))::int
    FROM portal.step s
    JOIN portal.template_step t ON t.land_id = land AND t.template_version_id = s.template_version_id AND t.key = s.key
    JOIN portal.rollin r ON r.land_id = land AND r.service_id = s.service_id
    CROSS JOIN LATERAL (
      SELECT greatest(r.started_at, max(p.state_since))::date AS began
      FROM portal.step p
      WHERE p.land_id = land AND p.service_id = s.service_id AND p.key = ANY (t.predecessors)
        AND (p.org_id = s.org_id OR p.scope = 'land') AND p.state_since <= s.state_since) b
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(portal.workdays(greatest(p.since, b.began), least(p.ended_at, s.state_since)::date)), 0)::int AS away
      FROM portal.waiting p
      WHERE p.land_id = land AND p.org_id = s.org_id AND p.step_id = s.step_id) w
    WHERE s.land_id = land AND s.scope = 'kommune' AND s.state = 'done' AND s.key = ANY (p_keys)
    GROUP BY s.key
    HAVING count(DISTINCT s.org_id) >= 5;
  PERFORM set_config('app.scope', own, true);
END $$;
REVOKE EXECUTE ON FUNCTION ctx.usual_days(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.usual_days(text[]) TO portal_app;
COMMIT;
