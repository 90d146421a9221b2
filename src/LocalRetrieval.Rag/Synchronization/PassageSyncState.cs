namespace LocalRetrieval.Rag;

/// <summary>How a <see cref="PassageSync"/> is.</summary>
public enum PassageSyncState
{
    /// <summary>No run has ended yet.</summary>
    Starting,

    /// <summary>The last run ended; sources that failed in it are in its result, and are tried again.</summary>
    Ready,

    /// <summary>The last run failed as a whole, and is tried again.</summary>
    Failing,

    /// <summary>The host has stopped it.</summary>
    Stopped,
}
