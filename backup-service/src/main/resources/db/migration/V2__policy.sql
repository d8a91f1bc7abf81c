-- What policy says of the run's backup; null leaves it to the settings of this service.
ALTER TABLE release ADD COLUMN backup text CHECK (backup IN ('REQUIRED', 'LEFT_OUT'));
