using Microsoft.Extensions.Configuration;

namespace LocalRetrieval.DependencyInjection.Configuration;

/// <summary>Reads lists of values.</summary>
internal static class ListReader
{
    /// <summary>The list, or what could be read of it, with a failure for the rest.</summary>
    public static T[] Read<T>(IConfigurationSection section, ICollection<string> failures)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            failures.Add($"'{section.Path}' is '{section.Value}'; expected a list, whose first value has the key '{ConfigurationPath.Combine(section.Path, "0")}'.");
        }

        return [.. section.GetChildren().Select(child => ValueReader.Read(typeof(T), child, failures)).OfType<T>()];
    }
}
