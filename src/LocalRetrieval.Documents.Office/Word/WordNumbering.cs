using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.Wordprocessing;

namespace LocalRetrieval.Documents;

/// <summary>Counts the items of a document's lists.</summary>
/// <remarks>Used in the document's order, once.</remarks>
internal sealed class WordNumbering
{
    private const int MaxLevels = 9;

    private readonly WordStyles _styles;
    private readonly Dictionary<int, NumberingInstance> _instances = [];
    private readonly Dictionary<int, AbstractNum> _abstracts = [];
    private readonly Dictionary<int, int?[]> _counters = [];
    private readonly HashSet<int> _overridden = [];

    public WordNumbering(Numbering? numbering, WordStyles styles)
    {
        _styles = styles;
        foreach (NumberingInstance instance in numbering?.Elements<NumberingInstance>() ?? [])
        {
            _instances.TryAdd(instance.NumberID?.Value ?? 0, instance);
        }

        foreach (AbstractNum definition in numbering?.Elements<AbstractNum>() ?? [])
        {
            _abstracts.TryAdd(definition.AbstractNumberId?.Value ?? -1, definition);
        }
    }

    /// <summary>The label of a paragraph, which counts it; null where it is no item of a list.</summary>
    public WordLabel? Next(Paragraph paragraph)
    {
        NumberingProperties? own = paragraph.ParagraphProperties?.NumberingProperties;
        WordStyle style = _styles.Of(paragraph);
        int id = own?.NumberingId?.Val?.Value ?? style.NumberingId ?? 0;
        int level = Math.Clamp(own?.NumberingLevelReference?.Val?.Value ?? style.NumberingLevel ?? LevelOf(style), 0, MaxLevels - 1);
        return id == 0 || !_instances.TryGetValue(id, out NumberingInstance? instance) ? null : Count(id, instance, level);
    }

    private static int LevelOf(WordStyle style) => style.HeadingLevel is { } heading ? heading - 1 : 0;

    private WordLabel Count(int id, NumberingInstance instance, int level)
    {
        int abstractId = instance.AbstractNumId?.Val?.Value ?? -1;
        int?[] counters = Counters(id, instance, abstractId);
        Level? definition = LevelOf(instance, abstractId, level);
        counters[level] = counters[level] is { } last ? last + 1 : definition?.StartNumberingValue?.Val?.Value ?? 1;
        counters.AsSpan(level + 1).Clear();
        if (definition is null || definition.NumberingFormat?.Val is null || definition.NumberingFormat.Val.Value == NumberFormatValues.Bullet)
        {
            return new WordLabel(level, null, null);
        }

        string text = Expand(instance, abstractId, definition.LevelText?.Val?.Value ?? "", counters);
        string number = text.TrimEnd('.', ')', ' ');
        return new WordLabel(level, text, int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal) ? ordinal : null);
    }

    /// <summary>Lists of one definition count on, but where one starts anew.</summary>
    private int?[] Counters(int id, NumberingInstance instance, int abstractId)
    {
        if (!_counters.TryGetValue(abstractId, out int?[]? counters))
        {
            _counters[abstractId] = counters = new int?[MaxLevels];
        }

        if (_overridden.Add(id))
        {
            foreach (LevelOverride change in instance.Elements<LevelOverride>())
            {
                if (change.StartOverrideNumberingValue?.Val?.Value is { } start && change.LevelIndex?.Value is >= 0 and < MaxLevels and var level)
                {
                    counters[level] = start - 1;
                }
            }
        }

        return counters;
    }

    private Level? LevelOf(NumberingInstance instance, int abstractId, int level) =>
        instance.Elements<LevelOverride>().FirstOrDefault(change => change.LevelIndex?.Value == level)?.Level
            ?? (_abstracts.TryGetValue(abstractId, out AbstractNum? definition) ? definition.Elements<Level>().FirstOrDefault(candidate => candidate.LevelIndex?.Value == level) : null);

    private string Expand(NumberingInstance instance, int abstractId, string pattern, int?[] counters)
    {
        StringBuilder text = new();
        for (int index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '%' && index + 1 < pattern.Length && pattern[index + 1] is >= '1' and <= '9')
            {
                int level = pattern[++index] - '1';
                Level? definition = LevelOf(instance, abstractId, level);
                int value = counters[level] ?? definition?.StartNumberingValue?.Val?.Value ?? 1;
                text.Append(WordNumber.Format(value, definition?.NumberingFormat?.Val?.Value));
            }
            else
            {
                text.Append(pattern[index]);
            }
        }

        return text.ToString().Trim();
    }
}
