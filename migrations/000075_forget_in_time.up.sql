BEGIN;
SET LOCAL ROLE portal_owner;
-- How long a Land keeps kinds of personal data. No row: the portal's own proposal (package privacy).
CREATE TABLE portal.retention (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('person', 'notice', 'mail', 'barrier', 'invitation', 'draft', 'file')),
  days int NOT NULL CHECK (days BETWEEN 30 AND 1095),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (land_id, kind),
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.retention IS 'After how many days the daily round deletes a kind of personal data in a Land (Löschkonzept).';
CALL portal.wall('portal.retention');
CALL portal.person('portal.retention', '{changed_by}', 'Löschfristen');
CREATE POLICY land_sets ON portal.retention FOR ALL USING ((SELECT ctx.scope()) = 'land')
  WITH CHECK ((SELECT ctx.scope()) = 'land' AND org_id = (SELECT ctx.org_id()) AND changed_by = (SELECT ctx.person_id()));
GRANT SELECT, INSERT, UPDATE ON portal.retention TO portal_app;

-- Since 000050 a funding has somebody who withdrew it.
DROP POLICY subject ON portal.funding;
DELETE FROM auth.person_column WHERE tab = 'portal.funding'::regclass;
CALL portal.person('portal.funding', '{saved_by,withdrawn_by}', 'Finanzierungen');

-- When a role ended is what the period of a person begins with. Roles that ended before count from now on.
ALTER TABLE auth.membership ADD COLUMN ended_at timestamptz;
UPDATE auth.membership SET ended_at = clock_timestamp() WHERE status = 'ended';
CREATE FUNCTION auth.note_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.status = 'active' THEN
    NEW.ended_at := NULL;
  ELSIF OLD.status = 'active' THEN
    NEW.ended_at := coalesce(NULLIF(current_setting('app.now', true), '')::timestamptz, clock_timestamp());
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER note_end BEFORE UPDATE OF status ON auth.membership FOR EACH ROW EXECUTE FUNCTION auth.note_end();

-- Erased stays erased: nothing gives an erased person a name again. Who comes back comes as somebody new.
ALTER TABLE auth.person ADD COLUMN erased_at timestamptz;
CREATE FUNCTION auth.stay_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'this person was erased: give the new access to a new subject' USING ERRCODE = '23001';
END $$;
CREATE TRIGGER stay_erased BEFORE UPDATE ON auth.person FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION auth.stay_erased();

CREATE POLICY erased ON portal.saved_view FOR DELETE TO portal_owner USING (land_id = (SELECT ctx.land_id()) AND person_id = (SELECT ctx.subject()));
CREATE POLICY erased ON portal.question_seen FOR DELETE TO portal_owner USING (land_id = (SELECT ctx.land_id()) AND person_id = (SELECT ctx.subject()));
CREATE POLICY erased ON portal.mail FOR DELETE TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY erased ON portal.barrier_report FOR DELETE TO portal_owner USING (land_id = (SELECT ctx.land_id()));
CREATE POLICY erased ON portal.rollin_draft FOR DELETE TO portal_owner USING (land_id = (SELECT ctx.land_id()));

-- erase_person takes name, address and account from a person and deletes what is their own business. The number stays, so
-- that decisions and the trail still say that it was one and the same, and the office stands for it.
CREATE FUNCTION auth.erase_person(p_person uuid, p_now timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  address text;
  l uuid;
BEGIN
  SELECT email INTO address FROM auth.person WHERE person_id = p_person AND erased_at IS NULL FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM set_config('app.subject', p_person::text, true);
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m WHERE m.person_id = p_person LOOP
    PERFORM set_config('app.land_id', l::text, true);
    DELETE FROM portal.notice WHERE land_id = l AND person_id = p_person;
    DELETE FROM portal.mail WHERE land_id = l AND person_id = p_person;
    DELETE FROM portal.mail_setting WHERE land_id = l AND person_id = p_person;
    DELETE FROM portal.saved_view WHERE land_id = l AND person_id = p_person;
    DELETE FROM portal.question_seen WHERE land_id = l AND person_id = p_person;
    DELETE FROM portal.invitation WHERE land_id = l AND address <> '' AND lower(email) = lower(address);
  END LOOP;
  PERFORM set_config('app.land_id', coalesce(own, ''), true), set_config('app.subject', '', true);
  DELETE FROM auth.calendar WHERE person_id = p_person;
  DELETE FROM auth.session s USING auth.membership m WHERE m.membership_id = s.membership_id AND m.person_id = p_person;
  UPDATE auth.membership SET status = 'ended' WHERE person_id = p_person AND status = 'active';
  UPDATE auth.person SET name = 'Sachbearbeitung', email = '', issuer = 'portal:erased', subject = p_person::text, erased_at = p_now
    WHERE person_id = p_person;
  RETURN true;
END $$;

-- purge deletes what of a kind is older than a moment, in the Land of the context, and says how much it was.
CREATE FUNCTION ctx.purge(p_kind text, p_before timestamptz, p_now timestamptz) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  l uuid := ctx.land_id();
  gone int := 0;
  who uuid;
BEGIN
  IF ctx.person_id() IS DISTINCT FROM ctx.automatic() OR l IS NULL THEN
    RAISE EXCEPTION 'only the daily round forgets' USING ERRCODE = '42501';
  END IF;
  CASE p_kind
    WHEN 'person' THEN
      FOR who IN SELECT m.person_id FROM auth.membership m JOIN auth.person p USING (person_id)
          WHERE p.erased_at IS NULL AND p.issuer <> 'portal:import'
          GROUP BY m.person_id
          HAVING bool_or(m.land_id = l) AND bool_and(m.status = 'ended') AND max(m.ended_at) < p_before
          ORDER BY m.person_id LOOP
        gone := gone + auth.erase_person(who, p_now)::int;
      END LOOP;
      RETURN gone;
    WHEN 'notice' THEN DELETE FROM portal.notice WHERE land_id = l AND at < p_before;
    WHEN 'mail' THEN DELETE FROM portal.mail WHERE land_id = l AND made_at < p_before AND state IN ('sent', 'refused');
    WHEN 'barrier' THEN DELETE FROM portal.barrier_report WHERE land_id = l AND at < p_before;
    WHEN 'invitation' THEN DELETE FROM portal.invitation WHERE land_id = l AND coalesce(accepted_at, withdrawn_at, expires_at) < p_before;
    WHEN 'draft' THEN DELETE FROM portal.rollin_draft WHERE land_id = l AND changed_at < p_before;
    WHEN 'session' THEN DELETE FROM auth.session s USING auth.membership m
      WHERE m.membership_id = s.membership_id AND m.land_id = l AND least(s.ended_at, s.expires_at) < p_before;
    WHEN 'attempt' THEN DELETE FROM auth.attempt WHERE expires_at < p_before;
    WHEN 'calendar' THEN DELETE FROM auth.calendar k WHERE k.land_id = l
      AND NOT EXISTS (SELECT FROM auth.membership m WHERE m.person_id = k.person_id AND m.land_id = l AND m.org_id = k.org_id AND m.status = 'active');
  END CASE;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;

-- Whoever was erased is called by the office they worked in; the same one everywhere.
CREATE OR REPLACE FUNCTION ctx.people() RETURNS TABLE (person_id uuid, org_id uuid, name text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.person_id, m.org_id,
    CASE WHEN p.erased_at IS NULL THEN p.name ELSE p.name || ', ' || first_value(o.short) OVER (PARTITION BY m.person_id ORDER BY m.membership_id) END, m.role
  FROM auth.membership m JOIN auth.person p USING (person_id)
  JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
  WHERE m.land_id = ctx.land_id() AND (m.org_id = ctx.org_id() OR ctx.scope() = 'land') $$;
CREATE OR REPLACE FUNCTION ctx.land_people() RETURNS TABLE (person_id uuid, name text, email text, active boolean, places text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT p.person_id, p.name, p.email, bool_or(m.status = 'active'), array_agg(DISTINCT o.short ORDER BY o.short)
  FROM auth.membership m
  JOIN auth.person p USING (person_id)
  JOIN portal.organisation o ON o.land_id = m.land_id AND o.org_id = m.org_id
  WHERE m.land_id = ctx.land_id() AND ctx.scope() = 'land' AND p.erased_at IS NULL
  GROUP BY p.person_id $$;

REVOKE EXECUTE ON FUNCTION auth.note_end(), auth.stay_erased(), auth.erase_person(uuid, timestamptz), ctx.purge(text, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ctx.purge(text, timestamptz, timestamptz) TO portal_worker;
COMMIT;
