namespace LocalRetrieval.Loading;

/// <summary>A model that is loaded on first use, whatever service it is: what can be said of it without loading it.</summary>
internal interface ILazyService
{
    /// <summary>Whether the model is loaded.</summary>
    bool IsLoaded { get; }

    /// <summary>Why the last load that ended failed, also while it is tried again; null where it did not.</summary>
    Exception? Failure { get; }

    /// <summary>What the model says of itself; null before it is loaded.</summary>
    EncoderInfo? LoadedInfo { get; }
}
