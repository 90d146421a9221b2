using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;

namespace LocalRetrieval.Documents;

/// <summary>Writes numbers that are dates or percentages as such.</summary>
internal sealed class CellFormats
{
    private const double MaxDate = 2_958_466;

    private readonly bool _starts1904;
    private readonly NumberKind[] _kinds;

    public CellFormats(Stylesheet? styles, bool starts1904)
    {
        _starts1904 = starts1904;
        Dictionary<uint, string> codes = [];
        foreach (NumberingFormat format in styles?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
        {
            codes.TryAdd(format.NumberFormatId?.Value ?? 0, format.FormatCode?.Value ?? "");
        }

        _kinds = [.. (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(format => KindOf(format.NumberFormatId?.Value ?? 0, codes))];
    }

    /// <summary>The number as it is shown; <paramref name="kept"/> is how the file has it.</summary>
    public string Format(double number, string kept, uint? style)
    {
        NumberKind kind = style is { } index && index < _kinds.Length ? _kinds[index] : NumberKind.General;
        return kind switch
        {
            NumberKind.Percent => (number * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %",
            NumberKind.Date when number is >= 0 and < MaxDate => FormatDate(number),
            _ => Math.Abs(number) < 1e15 ? number.ToString("G15", CultureInfo.InvariantCulture) : kept,
        };
    }

    private string FormatDate(double number)
    {
        // The calendar from 1900 has a 29 February that never was.
        double days = _starts1904 ? number + 1462 : number < 60 ? number + 1 : number;
        DateTime time = DateTime.FromOADate(Math.Round(days * 86_400) / 86_400);
        return number < 1 ? time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : time.TimeOfDay == TimeSpan.Zero ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static NumberKind KindOf(uint id, Dictionary<uint, string> codes) => id switch
    {
        9 or 10 => NumberKind.Percent,
        (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) => NumberKind.Date,
        _ => codes.TryGetValue(id, out string? code) ? KindOf(code) : NumberKind.General,
    };

    /// <summary>By the code's letters outside of quotes, brackets and escapes.</summary>
    private static NumberKind KindOf(string code)
    {
        for (int index = 0; index < code.Length; index++)
        {
            switch (code[index])
            {
                case '"':
                    index = End(code, index, '"');
                    break;
                case '[' when index + 1 < code.Length && code[index + 1] is not ('h' or 'm' or 's' or 'H'):
                    index = End(code, index, ']');
                    break;
                case '\\' or '_' or '*':
                    index++;
                    break;
                case '%':
                    return NumberKind.Percent;
                case 'y' or 'Y' or 'm' or 'd' or 'D' or 'h' or 'H' or 's':
                    return NumberKind.Date;
            }
        }

        return NumberKind.General;
    }

    private static int End(string code, int start, char mark) => code.IndexOf(mark, start + 1) is var end and >= 0 ? end : code.Length;
}
