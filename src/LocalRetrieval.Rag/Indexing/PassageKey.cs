using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>Keys and hashes of passages.</summary>
/// <remarks>
/// A key is 32 hexadecimal digits of the source's SHA-256, a hyphen and the ordinal. Stores differ in the characters and the length
/// that they take in a key; these are valid in all of those that take text, whatever the source's name.
/// </remarks>
public static class PassageKey
{
    /// <summary>The key of a passage: the same for the same source and ordinal, always.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="ordinal">The passage's place in it, from 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="source"/> has a lone surrogate.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ordinal"/> is negative.</exception>
    public static string Create(string source, int ordinal)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        return Format(Prefix(source), ordinal);
    }

    internal static string Prefix(string source)
    {
        LoneSurrogates.ThrowIfInName(source);
        return Sha256(source)[..32];
    }

    internal static string Format(string prefix, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{ordinal}");

    internal static string ContentHash(string encoder, string embeddedText) => Sha256($"{encoder}\0{embeddedText}");

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
