BEGIN;
SET LOCAL ROLE portal_owner;
CREATE TABLE portal.competence_history (
  land_id uuid NOT NULL,
  org_id uuid NOT NULL,
  service_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  competent boolean NOT NULL,
  known_on date NOT NULL,
  PRIMARY KEY (land_id, service_id, org_id, seq),
  FOREIGN KEY (land_id, service_id) REFERENCES portal.service,
  FOREIGN KEY (land_id, org_id) REFERENCES portal.organisation);
COMMENT ON TABLE portal.competence_history IS 'Since which day a body was competent for a service, or was not any more: what "flächendeckend" meant on a day. Only the trigger on service_body adds rows.';
CALL portal.wall('portal.competence_history');
CREATE POLICY readers ON portal.competence_history FOR SELECT USING (
  org_id = (SELECT ctx.org_id()) OR (SELECT ctx.scope()) IN ('land', 'committee')
  OR service_id = ANY ((SELECT ctx.read_services())::uuid[]) OR org_id = ANY ((SELECT ctx.read_orgs())::uuid[]));
CREATE POLICY trigger_adds ON portal.competence_history FOR INSERT TO portal_owner WITH CHECK (land_id = (SELECT ctx.land_id()));

CREATE FUNCTION portal.remember_competence() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
  b portal.service_body := coalesce(NEW, OLD);
BEGIN
  PERFORM set_config('app.land_id', b.land_id::text, true); -- the operator repairs without a context
  INSERT INTO portal.competence_history (land_id, org_id, service_id, competent, known_on)
    VALUES (b.land_id, b.org_id, b.service_id, TG_OP = 'INSERT',
      (coalesce(NULLIF(current_setting('app.now', true), '')::timestamptz, now()) AT TIME ZONE 'Europe/Berlin')::date);
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION portal.remember_competence() FROM PUBLIC;
CREATE TRIGGER competent AFTER INSERT OR DELETE ON portal.service_body FOR EACH ROW EXECUTE FUNCTION portal.remember_competence();

-- Nobody wrote down since when: who is competent now has been so all along.
DO $$
DECLARE
  l record;
BEGIN
  FOR l IN SELECT DISTINCT m.land_id FROM auth.membership m LOOP
    PERFORM set_config('app.land_id', l.land_id::text, true), set_config('app.scope', 'land', true);
    INSERT INTO portal.competence_history (land_id, org_id, service_id, competent, known_on)
      SELECT b.land_id, b.org_id, b.service_id, true, '-infinity' FROM portal.service_body b WHERE b.land_id = l.land_id;
  END LOOP;
  PERFORM set_config('app.land_id', '', true), set_config('app.scope', '', true);
END $$;
GRANT SELECT ON portal.competence_history TO portal_app;
COMMIT;
