"""Screenplays written without a model: prose broken into scenes, its quotations given a voice."""
