using LocalRetrieval.DependencyInjection.Configuration;
using Microsoft.Extensions.Configuration;

namespace LocalRetrieval.Embeddings;

/// <summary>Reads those options of embeddings that are no plain values.</summary>
internal static class EmbeddingReaders
{
    /// <summary>An embedded model, by its name.</summary>
    public static object? Model(IConfigurationSection section, object? current, ICollection<string> failures)
    {
        if (section.Value is { } name && LocalModels.Find(name) is { } model)
        {
            return model;
        }

        failures.Add($"'{section.Path}' is '{section.Value}'; expected the name of an embedded model, {nameof(LocalModels.BiEncoder)} or {nameof(LocalModels.Static)}. A folder's path goes to {nameof(LocalEmbeddingOptions.ModelPath)}.");
        return null;
    }

    /// <summary>A calibration as System.Text.Json writes it: the lists Minimums and Maximums.</summary>
    public static object? Calibration(IConfigurationSection section, object? current, ICollection<string> failures)
    {
        ConfigurationSections.AddOtherKeys(section, nameof(SByteCalibration), [nameof(SByteCalibration.Minimums), nameof(SByteCalibration.Maximums)], failures);
        float[] minimums = ListReader.Read<float>(section.GetSection(nameof(SByteCalibration.Minimums)), failures);
        float[] maximums = ListReader.Read<float>(section.GetSection(nameof(SByteCalibration.Maximums)), failures);
        try
        {
            return new SByteCalibration(minimums, maximums);
        }
        catch (ArgumentException refused)
        {
            failures.Add($"'{section.Path}': {refused.Message}");
            return null;
        }
    }
}
