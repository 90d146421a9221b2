namespace LocalRetrieval;

/// <summary>What a call does that finds too much waiting for its encoder.</summary>
public enum OverloadBehavior
{
    /// <summary>It waits: queries before documents, each in the order of the calls.</summary>
    Wait,

    /// <summary>It throws <see cref="EncoderOverloadedException"/> at once.</summary>
    Throw,
}
