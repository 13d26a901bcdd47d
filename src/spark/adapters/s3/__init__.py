"""Pictures in storage that speaks S3, for any number of machines."""
