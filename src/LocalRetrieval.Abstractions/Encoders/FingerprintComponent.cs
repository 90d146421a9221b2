using System.Security.Cryptography;
using System.Text;

namespace LocalRetrieval;

/// <summary>One of the parts that decide an encoder's vectors; see <see cref="FingerprintComponents"/>.</summary>
public sealed record FingerprintComponent
{
    /// <summary>A part that is known by its hash.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="hash">The SHA-256 of its content, in lower-case hexadecimal digits.</param>
    /// <param name="description">What the part is, for people; null where a hash is all there is to say.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="hash"/> is null.</exception>
    public FingerprintComponent(string name, string hash, string? description = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(hash);
        Name = name;
        Hash = hash;
        Description = description;
    }

    /// <summary>The part's name.</summary>
    public string Name { get; }

    /// <summary>The SHA-256 of its content, in lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>What the part is, for people; null where a hash is all there is to say. It does not count when fingerprints are compared.</summary>
    public string? Description { get; }

    /// <summary>A part whose content is a text.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="content">What decides the vectors.</param>
    /// <param name="description">What the part is, for people; may be null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="content"/> is null.</exception>
    public static FingerprintComponent Of(string name, string content, string? description = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(content);
        return new FingerprintComponent(name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), description);
    }
}
