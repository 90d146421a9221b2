#pragma warning disable CA1309, CA1862, CA1866, CA1307, CA1310, CA2249, xUnit2029 // What a filter does with strings is what is tested.
using System.Collections.ObjectModel;
using System.Linq.Expressions;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Filtering;

/// <summary>Makes random filters over specimens that throw for none of them: of random operators, and of what only a compiler writes.</summary>
internal sealed class SpecimenFilters(int seed)
{
    private static readonly string[] Static = ["apple", "plum"];

    private readonly Random _random = new(seed);
    private readonly ParameterExpression _specimen = Expression.Parameter(typeof(Specimen), "specimen");
    private readonly List<int> _field = [1, 2, 300];

    private int[] Property => [0, 1, 44];

    public Expression<Func<Specimen, bool>> Next() => Expression.Lambda<Func<Specimen, bool>>(Condition(_random.Next(4)), _specimen);

    private Expression Condition(int depth) => depth == 0 ? Leaf() : _random.Next(9) switch
    {
        0 or 1 => Expression.OrElse(Condition(depth - 1), Condition(depth - 1)),
        2 => Expression.Not(Condition(depth - 1)),
        3 => Expression.Condition(Condition(depth - 1), Condition(depth - 1), Condition(depth - 1)),
        4 => Expression.ExclusiveOr(Condition(depth - 1), Condition(depth - 1)),
        5 => Expression.And(Condition(depth - 1), Condition(depth - 1)),
        _ => Expression.AndAlso(Condition(depth - 1), Condition(depth - 1)),
    };

    private Expression Leaf() => _random.Next(8) switch
    {
        0 or 1 or 2 => Comparison(),
        3 or 4 => Texts(),
        5 or 6 => Collections(),
        _ => Values(),
    };

    private BinaryExpression Comparison()
    {
        RandomValues values = new(_random, _specimen);
        Type type = _random.Any(RandomValues.Types);
        Expression left = values.Next(type, _random.Next(3));
        Expression right = values.Next(type, _random.Next(3));
        return _random.Next(RandomValues.IsOrdered(type) ? 6 : 2) switch
        {
            0 => Expression.Equal(left, right),
            1 => Expression.NotEqual(left, right),
            2 => Expression.LessThan(left, right),
            3 => Expression.LessThanOrEqual(left, right),
            4 => Expression.GreaterThan(left, right),
            _ => Expression.GreaterThanOrEqual(left, right),
        };
    }

    private Expression Texts()
    {
        string text = _random.Any(Specimens.Texts);
        string other = _random.Any(Specimens.Texts);
        StringComparison how = _random.Any([StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase, StringComparison.InvariantCulture]);
        return _random.Next(19) switch
        {
            0 => Of(s => s.Name == text),
            1 => Of(s => s.Name == null || s.Name.Equals(text)),
            2 => Of(s => s.Name != null && s.Name.Contains(text)),
            3 => Of(s => s.Name != null && s.Name.StartsWith(text, how)),
            4 => Of(s => s.Name != null && s.Name.EndsWith(text, how)),
            5 => Of(s => s.Name != null && s.Name.Contains(text, how) != s.Flag),
            6 => Of(s => string.Equals(s.Name, text, how)),
            7 => Of(s => string.IsNullOrEmpty(s.Name) || string.IsNullOrWhiteSpace(text)),
            8 => Of(s => (s.Name ?? other).Length > s.Number),
            9 => Of(s => string.CompareOrdinal(s.Name, text) < 0),
            10 => Of(s => string.Compare(s.Name, text, how) >= 0),
            11 => Of(s => s.Name + "!" == text + "!"),
            12 => Of(s => s.Name != null && s.Name.Length > 0 && s.Name[0] == s.Letter),
            13 => Of(s => s.Name != null && s.Name.ToUpperInvariant() == text.ToUpperInvariant()),
            14 => Of(s => s.Name != null && (s.Name.Replace("p", "b", StringComparison.Ordinal).Trim() == text || s.Name.Any(char.IsUpper))),
            15 => Of(s => s.Name != null && s.Name.IndexOf(text, StringComparison.Ordinal) >= 0),
            16 => Of(s => string.Equals(text, s.Name) || string.Equals(s.Name, null)),
            17 => Of(s => s.Name != null && (s.Name.Contains('p') || s.Name.StartsWith('f'))),
            _ => Of(s => $"{s.Name}{s.Small}" == text + "3" || text.Contains(s.Letter)),
        };
    }

    private Expression Collections()
    {
        string?[] texts = [_random.Any(Specimens.Texts), _random.Any(Specimens.Texts), _random.Next(3) == 0 ? null : "fig"];
        string text = texts[0]!;
        int[] numbers = [.. Enumerable.Range(0, _random.Next(12)).Select(_ => _random.Any(Specimens.Numbers))];
        List<int?> maybe = [_random.Any(Specimens.Numbers), _random.Next(2) == 0 ? null : 3];
        HashSet<int> set = [.. numbers];
        HashSet<string> ignoring = new(texts.OfType<string>(), StringComparer.OrdinalIgnoreCase);
        Specimen.Grade[] grades = [_random.Any(Enum.GetValues<Specimen.Grade>()), Specimen.Grade.Low];
        int number = _random.Next(5);
        double price = _random.Any(Specimens.Doubles);
        return _random.Next(45) switch
        {
            42 => Of(s => numbers.Contains(s.Id) || s.Id == number),
            43 => Of(s => maybe.Contains(s.Id)),
            44 => Of(s => s.Id == price),
            0 => Of(s => numbers.Contains(s.Number)),
            1 => Of(s => numbers.ToList().Contains(s.Number)),
            2 => Of(s => set.Contains(s.Number)),
            3 => Of(s => numbers.Where(one => one > 1).Contains(s.Small)),
            4 => Of(s => maybe.Contains(s.MaybeNumber)),
            5 => Of(s => maybe.Contains(s.Number)),
            6 => Of(s => numbers.Contains(s.Tiny) || numbers.Contains(s.Small)),
            7 => Of(s => texts.Contains(s.Name)),
            8 => Of(s => s.Name != null && ignoring.Contains(s.Name)),
            9 => Of(s => s.Name != null && texts.Contains(s.Name, StringComparer.OrdinalIgnoreCase)),
            10 => Of(s => grades.Contains(s.Quality)),
            11 => Of(s => numbers.Contains((int)s.Quality)),
            12 => Of(s => _field.Contains(s.Number) || Property.Contains(s.Small)),
            13 => Of(s => Static.Contains(s.Name)),
            14 => Of(s => new[] { 1, number, s.Small }.Contains(s.Number)),
            15 => Of(s => new ReadOnlyCollection<int>(numbers).Contains(s.Number)),
            16 => Of(s => Enumerable.Range(number, 3).Contains(s.Number)),
            17 => Of(s => s.Tags != null && s.Tags.Contains(text)),
            18 => Of(s => s.Tags != null && s.Tags.Contains(null)),
            19 => Of(s => s.Tags != null && s.Tags.Contains(s.Name)),
            20 => Of(s => s.Codes.Contains(number)),
            21 => Of(s => s.Sizes != null && s.Sizes.Contains(number)),
            22 => Of(s => s.Prices.Contains(price)),
            23 => Of(s => s.Grades.Contains(grades[0])),
            24 => Of(s => s.Labels != null && s.Labels.Contains(text)),
            25 => Of(s => s.Words.Contains(text)),
            26 => Of(s => s.Codes.Any()),
            27 => Of(s => s.Codes.Any(code => code == number)),
            28 => Of(s => s.Tags != null && s.Tags.Any(tag => tag == text || texts.Contains(tag))),
            29 => Of(s => s.Codes.All(code => code > number && code != s.Number)),
            30 => Of(s => s.Sizes != null && s.Sizes.Count == s.Codes.Length),
            31 => Of(s => s.Sizes != null && s.Sizes.Any(size => numbers.Contains(size))),
            32 => Of(s => s.Codes.Length > 0 && s.Codes[0] == number),
            33 => Of(s => s.Codes.Sum() > number || s.Codes.Count(code => code == number) == 1),
            34 => Of(s => s.Codes.SequenceEqual(numbers)),
            35 => Of(s => s.Tags != null && s.Tags.Where(tag => tag != null).Select(tag => tag!.Length).Contains(number)),
            36 => Of(s => s.Sizes != null && s.Sizes.Any(size => number == size)),
            37 => Of(s => s.Prices.Any(one => one == price) || s.Prices.Any(one => one.Equals(price))),
            38 => Of(s => s.Tags != null && s.Tags.Any(tag => texts.Contains(tag))),
            39 => Of(s => s.Tags != null && s.Tags.Any(tag => tag == null)),
            40 => Of(s => numbers.Any(one => one == s.Number)),
            _ => Of(s => s.Codes.Intersect(numbers).Any()),
        };
    }

    private Expression Values()
    {
        DateTime time = Specimens.Time(_random);
        DateTimeOffset moment = Specimens.Moment(_random);
        Specimen.Maker? maker = _random.Next(2) == 0 ? null : new("fig", 2001, null);
        Specimen.Grade grade = _random.Any(Enum.GetValues<Specimen.Grade>());
        int number = _random.Any(Specimens.Numbers);
        long wide = _random.Any([3L, 300, 5_000_000_000, -1]);
        return _random.Next(22) switch
        {
            0 => Of(s => s.Time >= time && s.Time < time.AddHours(2)),
            1 => Of(s => s.Time.Hour == time.Hour || s.Time.Date == time),
            2 => Of(s => s.Moment == moment),
            3 => Of(s => s.Moment.UtcDateTime <= moment && s.Moment.Offset == moment.Offset),
            4 => Of(s => s.Quality == grade),
            5 => Of(s => (int)s.Quality < number),
            6 => Of(s => (int)s.Quality > number && (long)s.Quality < wide),
            7 => Of(s => s.MaybeQuality != grade),
            8 => Of(s => s.MaybeNumber.HasValue && s.MaybeNumber.Value > number),
            9 => Of(s => s.MaybeNumber.GetValueOrDefault() == 0),
            10 => Of(s => (s.MaybeNumber ?? s.Number) <= number),
            11 => Of(s => s.Made != null && s.Made.Year > 2001),
            12 => Of(s => s.Made != null && s.Made.Owner != null && s.Made.Owner.Country == "fig"),
            13 => Of(s => maker == null || (s.Made != null && s.Made.Country == maker.Country)),
            14 => Of(s => s.Made == maker),
            15 => Of(s => Math.Abs((long)s.Number) < 3 || Math.Max((int)s.Small, 2) == 2),
            16 => Of(s => (ushort)s.Tiny > number || (uint)s.Tiny < wide),
            17 => Of(s => s.Small < wide && s.Wide >= s.Number),
            18 => Of(s => s.Rare),
            19 => Of(s => !s.Common || (s.Flag && !s.Rare)),
            20 => Of(s => s.Number.CompareTo(number) > 0 || s.Mark.Equals(Specimens.Marks[1])),
            _ => Of(s => s.Day.DayNumber % 2 == 0 || s.Hour < new TimeOnly(2, 0) || s.Length == TimeSpan.FromMinutes(1)),
        };
    }

    private Expression Of(Expression<Func<Specimen, bool>> condition) => new Replacer(condition.Parameters[0], _specimen).Visit(condition.Body);

    private sealed class Replacer(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
