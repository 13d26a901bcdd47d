"""Writer and illustrator on any service that speaks OpenAI's interface."""
