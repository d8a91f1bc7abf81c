DROP TABLE wish_list_entries;
