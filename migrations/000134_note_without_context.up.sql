-- Who repairs an onboarding by hand has no context. Whether its body has met an obstacle could then not be seen, and what
-- became of it was not written down (ADR 0037).
BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION portal.body_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := current_setting('app.land_id', true);
BEGIN
  PERFORM set_config('app.land_id', NEW.land_id::text, true);
  IF EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.org_id = NEW.org_id) THEN
    PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  END IF;
  PERFORM set_config('app.land_id', coalesce(own, ''), true);
  RETURN NULL;
END $$;
COMMIT;
