namespace LocalRetrieval.Tokenizers.Models;

/// <summary>What a BPE model has besides its vocabulary and its merges.</summary>
/// <param name="Unknown">The token of a character that the vocabulary lacks; null where it is left out.</param>
/// <param name="FuseUnknown">Whether unknown characters that touch are one token.</param>
/// <param name="ByteFallback">Whether the bytes of an unknown character are tokens, where the vocabulary has all of them.</param>
/// <param name="IgnoreMerges">Whether a word that is a token of the vocabulary is that token, whatever the merges make of it.</param>
/// <param name="ContinuingPrefix">What stands before the characters of a word except the first.</param>
/// <param name="EndSuffix">What stands after the last character of a word.</param>
internal sealed record BpeOptions(
    UnknownToken? Unknown, bool FuseUnknown, bool ByteFallback, bool IgnoreMerges, string ContinuingPrefix, string EndSuffix);
