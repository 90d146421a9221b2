namespace LocalRetrieval.Encoders;

/// <summary>How large a portion of a call's texts is at the most; a text beyond that is one alone.</summary>
/// <param name="Tokens">About as many tokens.</param>
/// <param name="Texts">As many texts.</param>
/// <param name="Bytes">As many bytes of texts.</param>
internal readonly record struct PortionLimits(long Tokens, int Texts, long Bytes);
