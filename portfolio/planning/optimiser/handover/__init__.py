"""Mode *handover*: several persons may share a need and hand it over, each a part of its weeks with a share."""
