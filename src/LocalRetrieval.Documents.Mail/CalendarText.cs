using System.Text;
using System.Text.RegularExpressions;

namespace LocalRetrieval.Documents;

/// <summary>Writes an appointment's fields that people read, a line each.</summary>
internal static partial class CalendarText
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SUMMARY"] = "Summary", ["DTSTART"] = "Start", ["DTEND"] = "End", ["LOCATION"] = "Location", ["ORGANIZER"] = "Organizer",
        ["ATTENDEE"] = "Attendee", ["DESCRIPTION"] = "Description", ["STATUS"] = "Status", ["DUE"] = "Due",
    };

    public static string Of(string calendar)
    {
        StringBuilder text = new();
        bool isInEvent = false;
        foreach (string line in Unfold(calendar))
        {
            int colon = Colon(line);
            string name = colon < 0 ? line : line[..colon].Split(';')[0];
            string value = colon < 0 ? "" : line[(colon + 1)..];
            isInEvent = name.ToUpperInvariant() switch
            {
                "BEGIN" => value is "VEVENT" or "VTODO" or "VJOURNAL",
                "END" => false,
                _ => isInEvent,
            };
            if (isInEvent && Names.TryGetValue(name, out string? label) && Value(name, line, value) is { Length: > 0 } shown)
            {
                text.Append(label).Append(": ").Append(shown).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Value(string name, string line, string value)
    {
        if (name.ToUpperInvariant() is "ORGANIZER" or "ATTENDEE")
        {
            int start = line.IndexOf("CN=", StringComparison.OrdinalIgnoreCase);
            return start >= 0 ? line[(start + 3)..].Split(';', ':')[0].Trim('"') : value.Replace("mailto:", "", StringComparison.OrdinalIgnoreCase);
        }

        return name.StartsWith("DT", StringComparison.OrdinalIgnoreCase) || name.Equals("DUE", StringComparison.OrdinalIgnoreCase) ? Date(value)
            : EscapeRegex().Replace(value, escape => escape.Groups[1].Value is "n" or "N" ? "\n" : escape.Groups[1].Value).Trim();
    }

    private static string Date(string value) =>
        value.Length < 8 || value.AsSpan(0, 8).ContainsAnyExceptInRange('0', '9') ? value
        : value.Length < 15 ? $"{value[..4]}-{value[4..6]}-{value[6..8]}"
        : $"{value[..4]}-{value[4..6]}-{value[6..8]} {value[9..11]}:{value[11..13]}{(value.EndsWith('Z') ? " UTC" : "")}";

    /// <summary>Where a line's value starts: behind the first colon that is not quoted.</summary>
    private static int Colon(string line)
    {
        bool isQuoted = false;
        for (int index = 0; index < line.Length; index++)
        {
            isQuoted ^= line[index] == '"';
            if (line[index] == ':' && !isQuoted)
            {
                return index;
            }
        }

        return -1;
    }

    private static List<string> Unfold(string calendar)
    {
        List<StringBuilder> lines = [];
        foreach (ReadOnlySpan<char> line in calendar.AsSpan().EnumerateLines())
        {
            if (lines.Count > 0 && line.Length > 0 && line[0] is ' ' or '\t')
            {
                lines[^1].Append(line[1..]);
            }
            else
            {
                lines.Add(new StringBuilder().Append(line));
            }
        }

        return lines.ConvertAll(line => line.ToString());
    }

    [GeneratedRegex(@"\\(.)", RegexOptions.Singleline)]
    private static partial Regex EscapeRegex();
}
