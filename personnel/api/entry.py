from pilar.core.api.entry import EntrySerializer, act_on, read

__all__ = ["EntrySerializer", "NothingInput", "act_on", "read"]


class NothingInput(EntrySerializer):
    """The act asks nothing."""
