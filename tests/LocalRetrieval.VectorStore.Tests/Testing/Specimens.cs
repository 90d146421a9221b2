using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>Specimens, and what makes collections of dictionaries of them.</summary>
internal static class Specimens
{
    public static readonly string[] Texts = ["apple", "Apple", "APPLE", "pear", "plum", "fig", "éclair", "e\u0301clair", "ı", "i", "I", "", "İstanbul"];
    public static readonly double[] Doubles = [double.NaN, -0.0, 0.0, 0.5, 1.5, 3, -1, double.PositiveInfinity, double.NegativeInfinity];
    public static readonly decimal[] Decimals = [1.0m, 1.00m, 0m, -0.0m, 1.5m, 2.50m, -3m];
    public static readonly Guid[] Marks = [.. Enumerable.Range(0, 5).Select(i => new Guid(i, 0, 0, new byte[8]))];
    public static readonly int[] Numbers = [0, 1, 2, 3, 4, 5, 7, -1, -2, 300, 44, int.MaxValue, int.MinValue];

    private static readonly PropertyInfo[] Members = [.. typeof(Specimen).GetProperties().Where(property => property.CanWrite)];

    public static List<Specimen> Make(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(id => Make(random, id))];
    }

    public static Dictionary<string, object?> ToDictionary(Specimen specimen) =>
        Members.ToDictionary(member => member.Name, member => member.GetValue(specimen));

    /// <summary>The definition of dictionaries that hold what specimens do.</summary>
    public static VectorStoreCollectionDefinition Definition(bool isIndexed) => new()
    {
        Properties = [.. Members.Select(member => Define(member, isIndexed))],
    };

    /// <summary>The same filter over dictionaries.</summary>
    public static Expression<Func<Dictionary<string, object?>, bool>> OverDictionaries(Expression<Func<Specimen, bool>> filter)
    {
        ParameterExpression record = Expression.Parameter(typeof(Dictionary<string, object?>), "record");
        Expression body = new Indexing(filter.Parameters[0], record).Visit(filter.Body);
        return Expression.Lambda<Func<Dictionary<string, object?>, bool>>(body, record);
    }

    public static T Any<T>(this Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    public static DateTime Time(Random random) =>
        DateTime.SpecifyKind(new DateTime(2024, 1, 1).AddHours(random.Next(6)), (DateTimeKind)random.Next(3));

    public static DateTimeOffset Moment(Random random) =>
        new DateTimeOffset(2024, 1, 1, random.Next(6), 0, 0, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(random.Next(3)));

    private static VectorStoreProperty Define(PropertyInfo member, bool isIndexed) =>
        member.Name == nameof(Specimen.Id) ? new VectorStoreKeyProperty(member.Name, member.PropertyType)
        : member.Name == nameof(Specimen.Vector) ? new VectorStoreVectorProperty(member.Name, member.PropertyType, 2)
        : new VectorStoreDataProperty(member.Name, member.PropertyType) { IsIndexed = isIndexed };

    private static Specimen Make(Random random, int id) => new()
    {
        Id = id,
        Name = Maybe(random, random.Any(Texts)),
        Flag = random.Next(2) == 0,
        Rare = random.Next(20) == 0,
        Common = random.Next(20) != 0,
        MaybeFlag = random.Next(3) switch { 0 => null, var other => other == 1 },
        Tiny = (sbyte)random.Next(-3, 4),
        Small = random.Any<byte>([0, 1, 2, 3, 44, 255]),
        Number = random.Any(Numbers),
        MaybeNumber = random.Next(3) == 0 ? null : random.Any(Numbers),
        Positive = random.Any<uint>([0u, 1, 2, 3, uint.MaxValue]),
        Wide = random.Any([0L, 1, 2, 3, -1, 5_000_000_000]),
        MaybeWide = random.Next(3) == 0 ? null : random.Any([0L, 1, 2, -1]),
        Ratio = (float)random.Any(Doubles),
        Price = random.Any(Doubles),
        MaybePrice = random.Next(3) == 0 ? null : random.Any(Doubles),
        Exact = random.Any(Decimals),
        MaybeExact = random.Next(3) == 0 ? null : random.Any(Decimals),
        Letter = random.Any(['a', 'A', 'z', '1', 'é']),
        Mark = random.Any(Marks),
        MaybeMark = random.Next(3) == 0 ? null : random.Any(Marks),
        Time = Time(random),
        MaybeTime = random.Next(3) == 0 ? null : Time(random),
        Moment = Moment(random),
        MaybeMoment = random.Next(3) == 0 ? null : Moment(random),
        Day = new DateOnly(2024, 1, 1 + random.Next(5)),
        Hour = new TimeOnly(random.Next(5), 0),
        Length = TimeSpan.FromMinutes(random.Next(-2, 4)),
        Quality = random.Any(Enum.GetValues<Specimen.Grade>()),
        MaybeQuality = random.Next(3) == 0 ? null : random.Any(Enum.GetValues<Specimen.Grade>()),
        Tags = Maybe(random, Several(random, () => random.Next(6) == 0 ? null : random.Any(Texts)).ToArray()),
        Codes = [.. Several(random, () => random.Next(5))],
        Sizes = Maybe(random, Several(random, () => random.Next(5)).ToList()),
        Prices = [.. Several(random, () => random.Any(Doubles))],
        Grades = [.. Several(random, () => random.Any(Enum.GetValues<Specimen.Grade>()))],
        Labels = Maybe(random, new HashSet<string>(Several(random, () => random.Any(Texts)), StringComparer.OrdinalIgnoreCase)),
        Words = new HashSet<string>(Several(random, () => random.Any(Texts)), StringComparer.OrdinalIgnoreCase),
        Made = random.Next(4) == 0 ? null : Maker(random, depth: 0),
        Vector = random.Next(5) == 0 ? null : [random.NextSingle() + 0.1f, random.NextSingle()],
    };

    private static Specimen.Maker Maker(Random random, int depth) =>
        new(Maybe(random, random.Any(Texts)), 2000 + random.Next(4), depth < 2 && random.Next(2) == 0 ? Maker(random, depth + 1) : null);

    private static T? Maybe<T>(Random random, T value)
        where T : class => random.Next(6) == 0 ? null : value;

    private static IEnumerable<T> Several<T>(Random random, Func<T> make) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => make())];

    private sealed class Indexing(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) => node.Expression == from
            ? Expression.Convert(Expression.Property(to, "Item", Expression.Constant(node.Member.Name)), node.Type)
            : base.VisitMember(node);
    }
}
