using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace LocalRetrieval.Rag;

/// <summary>A hash of what decides how files are read and cut, besides their reader and the encoder.</summary>
internal static class SettingsHash
{
    /// <summary>Raised when the same chunks are made otherwise by the same options.</summary>
    private const int ChunkingVersion = 1;

    public static string Compute(ChunkingOptions chunking, ITokenCounter counter, DocumentReadingOptions reading, IReadOnlyList<ReaderFormat> formats)
    {
        StringBuilder text = new(string.Create(CultureInfo.InvariantCulture, $"{ChunkingVersion};{counter.MaxTokens};{counter.GetType()};"));
        Append(text, chunking);
        Append(text, reading);

        // Their order decides between them, their versions stand in each source's record.
        text.AppendJoin(',', formats.Select(format => $"{format.Name}:{string.Join('|', format.Extensions)}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(StringBuilder text, TOptions options)
    {
        foreach (PropertyInfo property in typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            object? value = property.GetValue(options);
            text.Append(CultureInfo.InvariantCulture, $"{property.Name}={(value is Encoding encoding ? encoding.WebName : value)};");
        }
    }
}
