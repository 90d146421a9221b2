using Microsoft.Extensions.Configuration;

namespace LocalRetrieval.Tests;

/// <summary>Sections of a configuration.</summary>
internal static class Sections
{
    /// <summary>The section "Local" with the given keys.</summary>
    public static IConfigurationSection Of(params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Local:{value.Key}", value.Value))).Build().GetSection("Local");
}
