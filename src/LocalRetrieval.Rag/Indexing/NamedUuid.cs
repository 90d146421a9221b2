using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>UUIDs of version 5: made of a name in a namespace (RFC 9562, section 5.5).</summary>
internal static class NamedUuid
{
    private const int Length = 16;

    /// <summary>The UUID of <paramref name="name"/>, in UTF-8, in <paramref name="space"/>.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Version 5 is defined by SHA-1, and protects nothing.")]
    public static Guid Create(Guid space, string name)
    {
        byte[] input = new byte[Length + Encoding.UTF8.GetByteCount(name)];
        space.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(Length));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..Length], bigEndian: true);
    }
}
