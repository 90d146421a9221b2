using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalRetrieval.DependencyInjection;

namespace LocalRetrieval.Rag;

/// <summary>Keys and hashes of passages.</summary>
/// <remarks>
/// <para>A text key is 32 hexadecimal digits of the source's SHA-256, a hyphen and the ordinal. Stores differ in the characters and the length
/// that they take in a key; these are valid in all of those that take text, whatever the source's name.</para>
/// <para>A UUID is of version 5 (RFC 9562), of the name <c>source#ordinal</c> in UTF-8, in the namespace <see cref="UuidNamespace"/>.</para>
/// </remarks>
public static class PassageKey
{
    /// <summary>The namespace of the UUIDs of passages.</summary>
    public static Guid UuidNamespace { get; } = new("6f0c9a52-6a0e-4d4f-9d57-1c3f5b2e8a41");

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
        return ForSource(source)(ordinal);
    }

    /// <summary>The UUID of a passage, for stores whose keys are UUIDs: the same for the same source and ordinal, always.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="ordinal">The passage's place in it, from 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="source"/> has a lone surrogate.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ordinal"/> is negative.</exception>
    public static Guid CreateUuid(string source, int ordinal)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        return UuidForSource(source)(ordinal);
    }

    /// <summary>The text keys of a source's passages, by ordinal.</summary>
    internal static Func<int, string> ForSource(string source)
    {
        LoneSurrogates.ThrowIfInName(source);
        string prefix = Hash(source);
        return ordinal => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{ordinal}");
    }

    /// <summary>The UUIDs of a source's passages, by ordinal.</summary>
    internal static Func<int, Guid> UuidForSource(string source)
    {
        LoneSurrogates.ThrowIfInName(source);
        return ordinal => NamedUuid.Create(UuidNamespace, string.Create(CultureInfo.InvariantCulture, $"{source}#{ordinal}"));
    }

    internal static string OtherTypeMessage<TKey>() =>
        $"Keys of passages are of type {nameof(String)}, or {nameof(Guid)} where a store wants UUIDs; {TypeNames.Of(typeof(TKey))} is neither.";

    internal static string ContentHash(string encoder, string embeddedText) => Sha256($"{encoder}\0{embeddedText}");

    /// <summary>A hash that is short, and of nothing secret.</summary>
    internal static string Hash(string text) => Sha256(text)[..32];

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
