using System.Security.Cryptography;
using System.Text;

namespace LocalRetrieval;

/// <summary>One of the parts that decide an encoder's vectors; see <see cref="FingerprintComponents"/>.</summary>
/// <param name="Name">The part's name.</param>
/// <param name="Hash">The SHA-256 of its content, in lower-case hexadecimal digits.</param>
/// <param name="Description">What the part is, for people; null where a hash is all there is to say. It does not count when fingerprints are compared.</param>
public sealed record FingerprintComponent(string Name, string Hash, string? Description = null)
{
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
