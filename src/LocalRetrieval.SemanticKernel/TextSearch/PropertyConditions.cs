using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace LocalRetrieval.SemanticKernel;

/// <summary>Conditions on properties of records that are known by name alone.</summary>
internal static class PropertyConditions
{
    /// <summary>Whether a property has a value.</summary>
    /// <exception cref="ArgumentException">The records do not have the property, or it is compared with a value of another type.</exception>
    public static Expression<Func<TRecord, bool>> Equal<TRecord>(string name, object? value)
    {
        ParameterExpression record = Expression.Parameter(typeof(TRecord), "record");
        MemberExpression property = Property(record, name);
        return Expression.Lambda<Func<TRecord, bool>>(Expression.Equal(property, Expression.Constant(ToType(value, property), property.Type)), record);
    }

    /// <summary>Whether a list of texts has one of them.</summary>
    /// <exception cref="ArgumentException">The records do not have the property, or it is no list of texts.</exception>
    public static Expression<Func<TRecord, bool>> AnyTag<TRecord>(string name, string value)
    {
        ParameterExpression record = Expression.Parameter(typeof(TRecord), "record");
        MemberExpression property = Property(record, name);
        return property.Type.IsAssignableTo(typeof(IEnumerable<string>))
            ? Expression.Lambda<Func<TRecord, bool>>(Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], property, Expression.Constant(value)), record)
            : throw new ArgumentException($"The filter asks for a tag of '{name}', which is no list of texts.");
    }

    private static MemberExpression Property(ParameterExpression record, string name)
    {
        PropertyInfo property = record.Type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public) ?? throw new ArgumentException(
            $"The filter names '{name}', which {record.Type.Name} does not have. It has {string.Join(", ", record.Type.GetProperties().Select(known => known.Name))}.");
        return Expression.Property(record, property);
    }

    /// <summary>A model's arguments are JSON, texts and numbers of other types than the property has.</summary>
    private static object? ToType(object? given, MemberExpression property)
    {
        object? value = given is JsonElement json ? json.ToString() : given;
        Type type = Nullable.GetUnderlyingType(property.Type) ?? property.Type;
        if (value is null ? type != property.Type || !type.IsValueType : type.IsInstanceOfType(value))
        {
            return value;
        }

        try
        {
            return value is null
                ? throw new InvalidCastException("The value is null.")
                : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is InvalidCastException or FormatException or OverflowException)
        {
            throw new ArgumentException($"The filter compares '{property.Member.Name}' with '{value}', which is no {type.Name}.", exception);
        }
    }
}
