namespace LocalRetrieval.DependencyInjection;

/// <summary>Names of types as code has them.</summary>
internal static class TypeNames
{
    public static string Of(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : type.Name;
}
