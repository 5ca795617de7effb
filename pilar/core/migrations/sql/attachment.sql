-- A proof stays what it was when it was stored: only its withdrawal, once, and its region may change.
-- Where its bytes lie is moved by the owner alone (manage.py rotate_keys).
CREATE FUNCTION core_attachment_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an attachment is withdrawn, never deleted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_never_deleted';
  END IF;
  IF ROW(NEW.kind, NEW.name, NEW.digest, NEW.media_type, NEW.size, NEW.personal, NEW.latitude, NEW.longitude,
         NEW.uploaded_by_id, NEW.uploaded_at)
     IS DISTINCT FROM
     ROW(OLD.kind, OLD.name, OLD.digest, OLD.media_type, OLD.size, OLD.personal, OLD.latitude, OLD.longitude,
         OLD.uploaded_by_id, OLD.uploaded_at)
     OR (OLD.withdrawn_at IS NOT NULL AND
         ROW(NEW.withdrawn_at, NEW.withdrawn_by_id, NEW.withdrawal_reason)
         IS DISTINCT FROM ROW(OLD.withdrawn_at, OLD.withdrawn_by_id, OLD.withdrawal_reason))
     OR (current_user IN ('pilar_web', 'pilar_region', 'pilar_national') AND
         ROW(NEW.content, NEW.thumbnail) IS DISTINCT FROM ROW(OLD.content, OLD.thumbnail)) THEN
    RAISE EXCEPTION 'an attachment stays as it was stored'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_unchanged';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER core_attachment_guard BEFORE UPDATE OR DELETE ON core_attachment
FOR EACH ROW EXECUTE FUNCTION core_attachment_guard();
