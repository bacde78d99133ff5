BEGIN;
SET LOCAL ROLE portal_owner;
CREATE OR REPLACE FUNCTION portal.body_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM portal.obstacle_affected a WHERE a.land_id = NEW.land_id AND a.org_id = NEW.org_id) THEN
    PERFORM portal.note_blocked(NEW.land_id, ARRAY[NEW.org_id]);
  END IF;
  RETURN NULL;
END $$;
COMMIT;
