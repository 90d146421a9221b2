namespace LocalRetrieval.Encoders;

/// <summary>How a call's texts are cut into portions.</summary>
/// <param name="IsInOrder">Whether they are read in their order, rather than by length.</param>
/// <param name="MaxRowTokens">What is read of a text at most, where the rest is cut off; null where all of it is read.</param>
internal readonly record struct PortionRequest(bool IsInOrder, int? MaxRowTokens);
