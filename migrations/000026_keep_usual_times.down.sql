BEGIN;
SET LOCAL ROLE portal_owner;
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
DROP TABLE portal.usual_time;
COMMIT;
