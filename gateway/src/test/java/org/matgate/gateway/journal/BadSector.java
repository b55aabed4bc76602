package org.matgate.gateway.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A connection that reports an error of the disk, as SQLite does, when it comes to some rows. */
final class BadSector {
    private BadSector() {}

    /** Makes rows of events unreadable whose first column, the id, is of this range. */
    static Connection in(Connection connection, long firstId, long lastId) {
        return (Connection) around(Connection.class, connection, firstId, lastId);
    }

    private static Object around(Class<?> type, Object real, long firstId, long lastId) {
        return Proxy.newProxyInstance(
                BadSector.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (real instanceof ResultSet row && method.getName().equals("next") && (Boolean) result) {
                        long id = row.getLong(1);
                        if (id >= firstId && id <= lastId) {
                            row.close();
                            throw new SQLException("disk I/O error, on purpose", null, 10);
                        }
                    }
                    if (result instanceof PreparedStatement
                            && arguments[0].toString().contains(" FROM event ")) {
                        return around(PreparedStatement.class, result, firstId, lastId);
                    }
                    return result instanceof ResultSet ? around(ResultSet.class, result, firstId, lastId) : result;
                });
    }
}
