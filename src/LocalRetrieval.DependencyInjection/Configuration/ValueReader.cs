using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LocalRetrieval.DependencyInjection.Configuration;

/// <summary>Reads values that are one text.</summary>
internal static class ValueReader
{
    public static bool CanRead(Type type) => type == typeof(string) || type.IsEnum || Expected(type) is not null;

    /// <summary>The value, or null with a failure that says what was expected.</summary>
    public static object? Read(Type type, IConfigurationSection section, ICollection<string> failures)
    {
        if (section.Value is { } text && Parse(type, text) is { } value && !section.GetChildren().Any())
        {
            return value;
        }

        string found = section.GetChildren().Any() ? "a section or a list" : section.Value is null ? "null" : $"'{section.Value}'";
        failures.Add($"'{section.Path}' is {found}; expected {(type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : Expected(type) ?? "a text")}.");
        return null;
    }

    private static string? Expected(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(float) || type == typeof(double) ? "a number"
        : type == typeof(TimeSpan) ? "a time as hours:minutes:seconds, such as 00:00:05"
        : null;

    private static object? Parse(Type type, string text) =>
        type == typeof(string) ? text
        : type == typeof(bool) ? (bool.TryParse(text, out bool flag) ? flag : null)
        : type == typeof(int) ? (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int whole) ? whole : null)
        : type == typeof(long) ? (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long large) ? large : null)
        : type == typeof(float) ? (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float single) ? single : null)
        : type == typeof(double) ? (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null)
        : type == typeof(TimeSpan) ? ParseTime(text)
        : Array.Find(Enum.GetNames(type), name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse(type, name)
        : null;

    // A bare number would be days, which nobody means.
    private static TimeSpan? ParseTime(string text) =>
        text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;
}
