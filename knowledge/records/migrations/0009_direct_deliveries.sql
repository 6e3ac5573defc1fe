-- A direct message is answered from the one server that its author shares with the bot, where it is one: the server alone
-- does not tell any more that a reply stands in a direct message.
ALTER TABLE deliveries ADD COLUMN direct INTEGER NOT NULL DEFAULT 0 CHECK (direct IN (0, 1));

UPDATE deliveries SET direct = 1 WHERE server_id = '';
