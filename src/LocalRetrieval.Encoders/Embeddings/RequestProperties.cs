using System.Globalization;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>Reads the AdditionalProperties of a request, whose values may be of any type, as those from JSON are.</summary>
internal static class RequestProperties
{
    /// <summary>A property as text; null where there is none.</summary>
    public static string? Text(AdditionalPropertiesDictionary? properties, string name) =>
        properties?.TryGetValue(name, out object? value) is true && value is not null ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
}
