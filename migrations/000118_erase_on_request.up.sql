BEGIN;
SET LOCAL ROLE portal_owner;
-- Erasing a person on request (Art. 17 DSGVO) needs two: who asks for it, and who decides.
CREATE TABLE portal.erasure (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  erasure_id uuid NOT NULL,
  person_id uuid NOT NULL,
  ground text NOT NULL CHECK (ground IN ('wish', 'unlawful', 'mistake')),
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'withdrawn', 'refused', 'approved', 'done')),
  asked_by uuid NOT NULL,
  asked_org uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_by uuid,
  decided_at timestamptz,
  done_at timestamptz,
  PRIMARY KEY (land_id, erasure_id),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation,
  FOREIGN KEY (land_id, asked_org) REFERENCES portal.organisation,
  CONSTRAINT nobody_asks_for_themself CHECK (asked_by <> person_id),
  CONSTRAINT two_people CHECK (decided_by <> person_id AND (decided_by = asked_by) = (state = 'withdrawn')),
  CONSTRAINT decided_or_open CHECK ((state = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CONSTRAINT done_at_a_time CHECK ((state = 'done') = (done_at IS NOT NULL)));
COMMENT ON TABLE portal.erasure IS 'A request to erase a person. org_id is the body whose coordination has a say, or the Land''s own coordination if there is none.';
CREATE UNIQUE INDEX erasure_open ON portal.erasure (land_id, person_id) WHERE state IN ('asked', 'approved');
CREATE INDEX erasure_by_org ON portal.erasure (land_id, org_id, asked_at DESC);
CALL portal.wall('portal.erasure');
CALL portal.person('portal.erasure', '{person_id,asked_by,decided_by}', 'Löschanträge');
CREATE POLICY readers ON portal.erasure FOR SELECT USING (org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) = 'land');
CREATE POLICY askers ON portal.erasure FOR INSERT WITH CHECK (
  state = 'asked' AND asked_by = (SELECT ctx.person_id()) AND asked_org = (SELECT ctx.org_id())
  AND (org_id = (SELECT ctx.org_id()) AND (SELECT ctx.scope()) = 'body' OR (SELECT ctx.scope()) = 'land'));
-- A request of a body is the Land's to decide, one of the Land for a body's person that body's, any other another person's
-- of the Land.
CREATE POLICY deciders ON portal.erasure FOR UPDATE
  USING (state = 'asked' AND (asked_by = (SELECT ctx.person_id())
    OR (SELECT ctx.scope()) = 'land' AND (org_id = asked_org)
    OR (SELECT ctx.scope()) = 'body' AND org_id = (SELECT ctx.org_id()) AND asked_org <> org_id))
  WITH CHECK (state IN ('withdrawn', 'refused', 'approved') AND decided_by = (SELECT ctx.person_id()));
CREATE POLICY erasing ON portal.erasure FOR ALL TO portal_owner USING (land_id = (SELECT ctx.land_id())) WITH CHECK (land_id = (SELECT ctx.land_id()));
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at) ON portal.erasure TO portal_app;

-- auth.last_coordination says whether a person is the only coordination somewhere, in any Land.
CREATE FUNCTION auth.last_coordination(p_person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM auth.membership m
    WHERE m.person_id = p_person AND m.status = 'active' AND m.role IN ('KK', 'LK') AND NOT EXISTS (
      SELECT FROM auth.membership x WHERE x.land_id = m.land_id AND x.org_id = m.org_id AND x.role = m.role AND x.status = 'active' AND x.person_id <> m.person_id)) $$;

-- erasable are the people for whom the context may ask: a body for who has or had a role there, the Land for everybody of
-- its own. body is whose coordination has a say if the Land asks; elsewhere, whether the person still acts where the
-- context does not reach.
CREATE FUNCTION ctx.erasable(p_person uuid) RETURNS TABLE (person_id uuid, name text, email text, active boolean, places text[], body uuid, elsewhere boolean, last boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.person_id, p.name, p.email, bool_or(m.status = 'active'), array_agg(DISTINCT o.short ORDER BY o.short),
    (SELECT b.org_id FROM auth.membership b
      WHERE b.person_id = p.person_id AND b.land_id = ctx.land_id() AND b.role IN ('KK', 'KB') AND EXISTS (
        SELECT FROM auth.membership k WHERE k.land_id = b.land_id AND k.org_id = b.org_id AND k.role = 'KK' AND k.status = 'active' AND k.person_id <> p.person_id)
      ORDER BY b.status, b.ended_at DESC NULLS FIRST, b.membership_id LIMIT 1),
    EXISTS (SELECT FROM auth.membership e WHERE e.person_id = p.person_id AND e.status = 'active'
      AND (e.land_id <> ctx.land_id() OR ctx.scope() = 'body' AND e.org_id <> ctx.org_id())),
    auth.last_coordination(p.person_id)
  FROM auth.membership m
  JOIN auth.person p USING (person_id)
  JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
  WHERE m.land_id = ctx.land_id() AND (ctx.scope() = 'land' OR ctx.scope() = 'body' AND m.org_id = ctx.org_id())
    AND p.erased_at IS NULL AND p.issuer <> 'portal:import' AND (p_person IS NULL OR p.person_id = p_person)
  GROUP BY p.person_id $$;

-- erasures tells what people and offices are called in the requests that the context may read.
CREATE FUNCTION ctx.erasure_names() RETURNS TABLE (erasure_id uuid, name text, places text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.erasure_id, p.name, (SELECT array_agg(DISTINCT o.short ORDER BY o.short)
    FROM auth.membership m JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
    WHERE m.person_id = e.person_id AND m.land_id = e.land_id)
  FROM portal.erasure e JOIN auth.person p ON p.person_id = e.person_id
  WHERE e.land_id = ctx.land_id() AND (ctx.scope() = 'land' OR e.org_id = ctx.org_id()) $$;

-- end_for_erasure ends what the person of a request may do, for whoever has just approved it: 'ended'; 'last' if somewhere
-- no coordination would be left, 'elsewhere' if the person acts in another Land, 'missing' for anybody else's request.
CREATE FUNCTION ctx.end_for_erasure(p_erasure uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  whom uuid;
  org uuid;
BEGIN
  SELECT e.person_id INTO whom FROM portal.erasure e
    WHERE e.land_id = ctx.land_id() AND e.erasure_id = p_erasure AND e.state = 'approved' AND e.decided_by = ctx.person_id() AND e.asked_by <> ctx.person_id();
  IF NOT FOUND THEN
    RETURN 'missing';
  END IF;
  FOR org IN SELECT DISTINCT m.org_id FROM auth.membership m WHERE m.person_id = whom AND m.status = 'active' AND m.role IN ('KK', 'LK') ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('members ' || org, 0)); -- as ctx.end_membership does
  END LOOP;
  IF auth.last_coordination(whom) THEN
    RETURN 'last';
  END IF;
  IF EXISTS (SELECT FROM auth.membership m WHERE m.person_id = whom AND m.status = 'active' AND m.land_id <> ctx.land_id()) THEN
    RETURN 'elsewhere';
  END IF;
  UPDATE auth.membership m SET status = 'ended', ended_by = ctx.person_id() WHERE m.person_id = whom AND m.status = 'active';
  RETURN 'ended';
END $$;

-- address_for_erasure is where the workers tell a person that their data go; no row once they are gone.
CREATE FUNCTION ctx.address_for_erasure(p_erasure uuid) RETURNS TABLE (name text, email text, decided_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.name, p.email, e.decided_at
  FROM portal.erasure e JOIN auth.person p ON p.person_id = e.person_id
  WHERE e.land_id = ctx.land_id() AND e.erasure_id = p_erasure AND e.state = 'approved' AND ctx.person_id() = ctx.automatic() $$;

-- erase does what two have decided; false if that is done, or not decided. Only the workers erase.
CREATE FUNCTION ctx.erase(p_erasure uuid, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  whom uuid;
BEGIN
  IF ctx.person_id() IS DISTINCT FROM ctx.automatic() OR ctx.land_id() IS NULL THEN
    RAISE EXCEPTION 'only the workers erase' USING ERRCODE = '42501';
  END IF;
  UPDATE portal.erasure e SET state = 'done', done_at = p_now
    WHERE e.land_id = ctx.land_id() AND e.erasure_id = p_erasure AND e.state = 'approved' RETURNING e.person_id INTO whom;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM auth.erase_person(whom, p_now);
  RETURN true;
END $$;

REVOKE EXECUTE ON FUNCTION auth.last_coordination(uuid), ctx.erasable(uuid), ctx.erasure_names(), ctx.end_for_erasure(uuid), ctx.address_for_erasure(uuid), ctx.erase(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.erasable(uuid), ctx.erasure_names(), ctx.end_for_erasure(uuid) TO portal_app;
GRANT EXECUTE ON FUNCTION ctx.address_for_erasure(uuid), ctx.erase(uuid, timestamptz) TO portal_worker;
COMMIT;
