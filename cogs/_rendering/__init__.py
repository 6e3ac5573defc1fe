"""What members and moderators see, as Discord messages within its limits; stored words end with the notice."""
