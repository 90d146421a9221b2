using System.Text;
using LocalRetrieval.DependencyInjection.Configuration;
using Microsoft.Extensions.Configuration;

namespace LocalRetrieval.Rag;

/// <summary>Reads options of <see cref="DocumentReadingOptions"/> that are no plain values.</summary>
internal static class ReadingReaders
{
    public static IReadOnlyDictionary<Type, SectionReader> All { get; } = new Dictionary<Type, SectionReader>
    {
        [typeof(Encoding)] = ReadEncoding,
    };

    private static Encoding? ReadEncoding(IConfigurationSection section, object? current, ICollection<string> failures)
    {
        try
        {
            string name = section.Value ?? "";
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            failures.Add($"'{section.Path}' is '{section.Value}'; expected an encoding's name, such as windows-1251.");
            return null;
        }
    }
}
