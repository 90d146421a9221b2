namespace LocalRetrieval.Rag;

/// <summary>What a synchronisation does with the passages of sources that are no longer in the folder.</summary>
public enum VanishedSources
{
    /// <summary>They are deleted.</summary>
    Delete,

    /// <summary>They are kept, and found by searches.</summary>
    Keep,
}
