using System.Linq.Expressions;
using System.Reflection;
using LocalRetrieval.VectorData.Tests.Testing;

namespace LocalRetrieval.VectorData.Tests.Filtering;

/// <summary>Makes random expressions of a type: properties, constants, captures and what is computed of them. None throws.</summary>
internal sealed class RandomValues(Random random, ParameterExpression specimen)
{
    private static readonly PropertyInfo[] Members =
        [.. typeof(Specimen).GetProperties().Where(member => member.CanWrite && (member.PropertyType.IsValueType || member.PropertyType == typeof(string)))];

    private static readonly Dictionary<Type, Type[]> Widened = new()
    {
        [typeof(int)] = [typeof(sbyte), typeof(byte), typeof(char), typeof(Specimen.Grade)],
        [typeof(uint)] = [typeof(byte), typeof(char), typeof(sbyte), typeof(Specimen.Grade)],
        [typeof(long)] = [typeof(int), typeof(uint), typeof(sbyte), typeof(byte), typeof(char), typeof(Specimen.Grade)],
        [typeof(float)] = [typeof(byte), typeof(int)],
        [typeof(double)] = [typeof(float), typeof(int), typeof(long)],
        [typeof(decimal)] = [typeof(int), typeof(long)],
        [typeof(DateTimeOffset)] = [typeof(DateTime)],
    };

    /// <summary>The types of all properties that hold one value.</summary>
    public static Type[] Types { get; } = [.. Members.Select(member => member.PropertyType).Distinct()];

    public static bool IsOrdered(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is var own && own != typeof(string) && own != typeof(bool) && own != typeof(Guid) && !own.IsEnum;

    public Expression Next(Type type, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            return Leaf(type);
        }

        Type? inner = Nullable.GetUnderlyingType(type);
        bool computes = type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(int?) || type == typeof(long?);
        return random.Next(5) switch
        {
            0 when inner is not null => Expression.Convert(Next(inner, depth - 1), type),
            0 when Types.Contains(NullableOf(type)) && type.IsValueType => Expression.Coalesce(Next(NullableOf(type), depth - 1), Next(type, depth - 1)),
            1 when Widened.TryGetValue(type, out Type[]? narrower) => Expression.Convert(Next(random.Any(narrower), depth - 1), type),
            2 when computes => Expression.Add(Next(type, depth - 1), Next(type, depth - 1)),
            3 when computes => Expression.Negate(Next(type, depth - 1)),
            4 => Expression.Condition(Next(typeof(bool), depth - 1), Next(type, depth - 1), Next(type, depth - 1)),
            _ => Leaf(type),
        };
    }

    private Expression Leaf(Type type)
    {
        PropertyInfo[] members = [.. Members.Where(member => member.PropertyType == type)];
        if (random.Next(2) == 0 && members.Length > 0)
        {
            return Expression.Property(specimen, random.Any(members));
        }

        object? value = Value(Nullable.GetUnderlyingType(type) ?? type);
        value = (!type.IsValueType || Nullable.GetUnderlyingType(type) is not null) && random.Next(4) == 0 ? null : value;
        return random.Next(3) == 0 ? Expression.Constant(value, type) : Captured(value, type);
    }

    private static MemberExpression Captured(object? value, Type type)
    {
        object holder = Activator.CreateInstance(typeof(Holder<>).MakeGenericType(type), value)!;
        return Expression.Field(Expression.Constant(holder), nameof(Holder<>.Value));
    }

    private static Type NullableOf(Type type) =>
        type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;

    private object Value(Type type) => type switch
    {
        _ when type == typeof(string) => random.Any(Specimens.Texts),
        _ when type == typeof(bool) => random.Next(2) == 0,
        _ when type == typeof(sbyte) => (sbyte)random.Next(-3, 4),
        _ when type == typeof(byte) => random.Any<byte>([0, 1, 2, 3, 44, 255]),
        _ when type == typeof(int) => random.Any(Specimens.Numbers),
        _ when type == typeof(uint) => random.Any<uint>([0u, 1, 2, 3, uint.MaxValue, uint.MaxValue - 2]),
        _ when type == typeof(long) => random.Any([0L, 1, 2, 3, -1, 44, 5_000_000_000, long.MinValue]),
        _ when type == typeof(float) => (float)random.Any(Specimens.Doubles),
        _ when type == typeof(double) => random.Any(Specimens.Doubles),
        _ when type == typeof(decimal) => random.Any(Specimens.Decimals),
        _ when type == typeof(char) => random.Any(['a', 'A', 'z', '1', 'é']),
        _ when type == typeof(Guid) => random.Any(Specimens.Marks),
        _ when type == typeof(DateTime) => Specimens.Time(random),
        _ when type == typeof(DateTimeOffset) => Specimens.Moment(random),
        _ when type == typeof(DateOnly) => new DateOnly(2024, 1, 1 + random.Next(5)),
        _ when type == typeof(TimeOnly) => new TimeOnly(random.Next(5), 0),
        _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(random.Next(-2, 4)),
        _ => random.Any(Enum.GetValues<Specimen.Grade>()),
    };

    /// <summary>Holds a value as a closure does.</summary>
    private sealed class Holder<T>(T value)
    {
        public readonly T Value = value;
    }
}
